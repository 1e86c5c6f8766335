package hallows.runtime.flow;

/// What the watched calls came to.
sealed interface Outcomes {
    /// Nothing watched yet.
    static Outcomes of(FailureWindow window) {
        return switch (window) {
            case FailureWindow.LastCalls(int calls) -> new OfCalls(calls);
            case FailureWindow.LastTime(Window time) -> new OfTime(time);
        };
    }

    void record(boolean failed, long nowNanos);

    long calls();

    long failures();

    void restart(long nowNanos);

    /// Remembers call by call.
    final class OfCalls implements Outcomes {
        private final boolean[] failed;
        private int calls;
        private int failures;
        private int next;

        OfCalls(int calls) {
            this.failed = new boolean[calls];
        }

        @Override
        public void record(boolean callFailed, long nowNanos) {
            boolean full = calls == failed.length;
            failures -= full && failed[next] ? 1 : 0;
            failures += callFailed ? 1 : 0;
            calls += full ? 0 : 1;
            failed[next] = callFailed;
            next = next + 1 == failed.length ? 0 : next + 1;
        }

        @Override
        public long calls() {
            return calls;
        }

        @Override
        public long failures() {
            return failures;
        }

        @Override
        public void restart(long nowNanos) {
            calls = 0;
            failures = 0;
            next = 0;
        }
    }

    /// Remembers slot by slot.
    final class OfTime implements Outcomes {
        private static final int CALLS = 0;
        private static final int FAILURES = 1;

        private final Tally tally;

        OfTime(Window window) {
            this.tally = new Tally(window.slotNanos(), window.slots(), 2);
        }

        @Override
        public void record(boolean failed, long nowNanos) {
            tally.advance(nowNanos);
            tally.add(CALLS, 1);
            tally.add(FAILURES, failed ? 1 : 0);
        }

        @Override
        public long calls() {
            return tally.total(CALLS);
        }

        @Override
        public long failures() {
            return tally.total(FAILURES);
        }

        @Override
        public void restart(long nowNanos) {
            tally.restart(nowNanos);
        }
    }
}
