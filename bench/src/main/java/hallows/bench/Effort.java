package hallows.bench;

/// How much time a benchmark takes.
///
/// @param rounds how often everybody has a turn
/// @param warmups iterations that do not count, for the compiler
/// @param iterations iterations that count
/// @param iterationMillis how long each is, at least
record Effort(int rounds, int warmups, int iterations, int iterationMillis) {
    static final Effort FULL = new Effort(5, 4, 5, 400);
    static final Effort QUICK = new Effort(3, 3, 3, 250);
}
