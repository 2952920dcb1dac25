// A target needs a source to have its precompiled header made.
