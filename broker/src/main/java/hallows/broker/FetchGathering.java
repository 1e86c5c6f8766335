package hallows.broker;

import java.util.List;

/// A fetch whose portions are read, or wait to be. Its home has the minimum: when one owner has
/// enough, the others are asked for what they have; if that is too little together, all wait again
/// for what is missing. The owners know until when. Lives on its home shard.
final class FetchGathering extends Gathering {
    private static final long NANOS_IN_MILLI = 1_000_000;

    private final Fetch fetch;
    private final Desk desk;
    private final long untilNanos;

    /// Whether it is answered with whatever comes next.
    private boolean last;

    /// Whether those that are still underway know that nobody waits for more.
    private boolean hurried;

    FetchGathering(Fetch fetch, Desk desk, long nowNanos) {
        super(fetch);
        this.fetch = fetch;
        this.desk = desk;
        int waitMillis = fetch.limits().waitMillis();
        this.untilNanos = nowNanos + waitMillis * NANOS_IN_MILLI;
        this.last = waitMillis <= 0;
    }

    @Override
    void begin(List<Portion> leaving) {
        hurried = false;
        int shares = leaving.size();
        long missing = Math.ceilDiv(wanted() - bytes(), shares);
        for (Portion portion : leaving) {
            // Each may bring all: which partitions come first is seen when all are home.
            portion.budget(fetch.limits().bytesMax(), last ? 0 : missing + bytes(portion));
            portion.waitUntil(untilNanos);
        }
        fetch.parts().forEach(Fetch.Position::discard);
        super.begin(leaving);
    }

    private long wanted() {
        return Math.min(fetch.limits().bytesMin(), fetch.limits().bytesMax());
    }

    private long bytes() {
        long bytes = 0;
        for (Fetch.Position position : fetch.parts()) {
            bytes += position.bytes();
        }
        return bytes;
    }

    private static long bytes(Portion portion) {
        long bytes = 0;
        for (Request.Part part : portion.parts()) {
            bytes += part instanceof Fetch.Position position ? position.bytes() : 0;
        }
        return bytes;
    }

    /// Nobody waits any longer.
    void hurry() {
        last = true;
        askForWhatThereIs();
    }

    @Override
    void isKept(Portion portion) {
        if (hurried) {
            desk.hurry(portion);
        }
    }

    @Override
    void someHome() {
        askForWhatThereIs();
    }

    private void askForWhatThereIs() {
        if (!hurried) {
            hurried = true;
            portions().forEach(desk::hurry);
        }
    }

    @Override
    void allHome() {
        if (isEnough() || !desk.sendAgain(this)) {
            trim();
            super.allHome();
        }
    }

    private boolean isEnough() {
        return last || bytes() >= wanted() || isOverdue() || isUrgent();
    }

    private boolean isOverdue() {
        for (Portion portion : portions()) {
            if (portion.isOverdue()) {
                return true;
            }
        }
        return false;
    }

    private boolean isUrgent() {
        for (Fetch.Position position : fetch.parts()) {
            if (position.isUrgent()) {
                return true;
            }
        }
        return false;
    }

    /// Each owner reads as if it were alone: its first batch comes whatever its size, and it may
    /// use up all the bytes. That is for the first of all.
    private void trim() {
        long left = fetch.limits().bytesMax();
        boolean any = false;
        for (Fetch.Position position : fetch.parts()) {
            if (any) {
                position.trim(Math.min(left, position.place().bytesMax()));
            }
            any |= position.bytes() > 0;
            left = Math.max(0, left - position.bytes());
        }
    }
}
