"""What committees look at: requests, the work programme, agendas and what came of them."""
