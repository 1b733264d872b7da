"""FIT, the format of sports watches, whoever made them."""
