package hallows.simulation;

import java.util.List;

/// Operations that falsify a property, and how they do.
record Failing<T>(List<T> operations, Throwable failure) {}
