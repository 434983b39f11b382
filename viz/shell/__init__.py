"""The shell around the pages: header, language, theme, tabs, notice, stylesheet and what a session remembers."""
