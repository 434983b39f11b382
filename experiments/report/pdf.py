"""The report as PDF, for who has the extra ``pdf``: WeasyPrint, which needs no browser and writes a tagged PDF."""

from __future__ import annotations

import logging

__all__ = ["PdfError", "pdf_bytes"]


class PdfError(Exception):
    """PDF cannot be made here; the message says what is missing."""


def pdf_bytes(html: str) -> bytes:
    """The page as PDF (PDF/UA-1, accessible), without reading anything else.

    Raises:
        PdfError: WeasyPrint or one of its system libraries is missing.
    """
    try:
        import weasyprint
    except ImportError:
        raise PdfError(
            "PDF needs the extra 'pdf' (`pip install 'deltaplan[pdf]'`); or print the HTML file from a browser"
        ) from None
    except OSError as error:  # Pango is loaded when the module is
        raise PdfError(
            f"PDF needs the system library Pango ({' '.join(str(error).split())[:80]}); "
            "or print the HTML file from a browser"
        ) from None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it names every rule for screens that it leaves out
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    made: bytes = weasyprint.HTML(string=html, url_fetcher=nothing).write_pdf(pdf_variant="pdf/ua-1")
    return made
