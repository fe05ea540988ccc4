"""Where a document says two things of one: found once for each document, told beside whatever cites one of them."""
