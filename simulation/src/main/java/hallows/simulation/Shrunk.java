package hallows.simulation;

/// Where shrinking ended, and after how many runs.
record Shrunk<T>(Failing<T> failing, int runs) {}
