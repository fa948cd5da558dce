package report

// Scale is open for tests alone.
var Scale = scale
