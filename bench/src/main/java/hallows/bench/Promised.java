package hallows.bench;

/// A figure that must hold.
///
/// @param words what the figure is, with its limit
/// @param value what was measured
/// @param holds whether it is good enough
record Promised(String words, double value, boolean holds) {
    static Promised atLeast(double limit, double value, String words) {
        return new Promised("%s (at least %.1f)".formatted(words, limit), value, value >= limit);
    }

    static Promised atMost(double limit, double value, String words) {
        return new Promised("%s (at most %.1f)".formatted(words, limit), value, value <= limit);
    }

    @Override
    public String toString() {
        return "%-13s %8.3f %s".formatted(holds ? "holds" : "DOES NOT HOLD", value, words);
    }
}
