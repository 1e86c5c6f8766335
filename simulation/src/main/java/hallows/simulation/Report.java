package hallows.simulation;

import java.util.List;

/// What is said of a falsified property.
record Report<T>(Claim claim, long seed, Failing<T> first) {
    /// The failure of the fewest operations is the cause; how the whole list failed is suppressed
    /// in it.
    AssertionError shrunk(Shrunk<T> shrunk) {
        List<T> minimal = shrunk.failing().operations();
        StringBuilder text = headline(shrunk.failing().failure());
        text.append(
                "  minimal operations, %d of %d, found in %d runs:\n"
                        .formatted(minimal.size(), first.operations().size(), shrunk.runs()));
        for (int i = 0; i < minimal.size(); i++) {
            text.append("    ").append(i + 1).append(". ").append(minimal.get(i)).append('\n');
        }
        AssertionError error = error(text, shrunk.failing().failure());
        if (!first.failure().equals(shrunk.failing().failure())) {
            error.addSuppressed(first.failure());
        }
        return error;
    }

    /// A second run of the same operations held: the trial is not the function of its seed it must
    /// be.
    AssertionError unsteady() {
        StringBuilder text = headline(first.failure());
        text.append(
                "  a second run of the same operations held: something outside the seed decides\n");
        return error(text, first.failure());
    }

    private StringBuilder headline(Throwable failure) {
        return new StringBuilder(
                "'%s' does not hold on seed %d\n  %s\n".formatted(claim.name(), seed, failure));
    }

    private AssertionError error(StringBuilder text, Throwable cause) {
        return new AssertionError(
                text.append("  replay: ").append(claim.replay(seed)).toString(), cause);
    }
}
