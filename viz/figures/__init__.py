"""From an answer to what is drawn: options of charts, shapes of maps, rows of tables; plain data without a screen."""
