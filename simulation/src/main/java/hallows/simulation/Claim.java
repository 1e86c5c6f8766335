package hallows.simulation;

/// What is claimed, where, and for which seeds.
record Claim(String name, String testClass, Seeds seeds) {
    /// The command that tries `seed` again.
    String replay(long seed) {
        return "./hallows replay " + testClass + " " + seed;
    }
}
