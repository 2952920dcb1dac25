// A library needs a source; what it holds are the resources beside it.
