"""Signal: the plain export of its apps, and what signal-export writes."""
