"""From the standard to a fair comparison of bids: request, answers, scores, evidence."""
