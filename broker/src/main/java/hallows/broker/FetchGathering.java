package hallows.broker;

import hallows.runtime.Alarm;
import java.util.List;

/// A fetch whose portions are read, or wait to be. Its home has the deadline and the minimum: when
/// one owner has enough, the others are asked for what they have; if that is too little together,
/// all wait again for what is missing. Lives on its home shard.
final class FetchGathering extends Gathering {
    private final Fetch fetch;
    private final Desk desk;
    private final Alarm deadline;

    /// Whether it is answered with whatever comes next.
    private boolean last;

    /// Whether those that are still underway know it.
    private boolean hurried;

    FetchGathering(Fetch fetch, Desk desk) {
        super(fetch);
        this.fetch = fetch;
        this.desk = desk;
        this.deadline = desk.alarm(this::hurry);
        this.last = fetch.limits().waitMillis() <= 0;
    }

    @Override
    void begin(List<Portion> leaving) {
        Fetch.Limits limits = fetch.limits();
        if (!last && !deadline.isArmed()) {
            deadline.setAfterMillis(limits.waitMillis());
        }
        hurried = false;
        long wanted = last ? 0 : wanted();
        long have = bytes();
        int shares = leaving.size();
        for (Portion portion : leaving) {
            long share = Math.ceilDiv(wanted - have, shares) + bytes(portion);
            portion.budget(Math.max(1, limits.bytesMax() / shares), last ? 0 : share);
        }
        fetch.parts().forEach(Fetch.Position::discard);
        super.begin(leaving);
    }

    private long wanted() {
        return Math.min(fetch.limits().bytesMin(), fetch.limits().bytesMax());
    }

    private long bytes() {
        return portions().stream().mapToLong(FetchGathering::bytes).sum();
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
    void someHome() {
        askForWhatThereIs();
    }

    private void askForWhatThereIs() {
        if (!hurried) {
            hurried = true;
            desk.hurry(portions());
        }
    }

    @Override
    void allHome() {
        boolean enough =
                last
                        || bytes() >= wanted()
                        || fetch.parts().stream().anyMatch(FetchGathering::isUrgent);
        if (!enough && desk.sendAgain(this)) {
            return;
        }
        deadline.cancel();
        trim();
        super.allHome();
    }

    /// Whether its reader has to know at once.
    private static boolean isUrgent(Fetch.Position position) {
        return switch (position.outcome()) {
            case Fetched.Refused _, Fetched.Diverged _ -> true;
            case Fetched.Batches _, Fetched.Nothing _ -> false;
        };
    }

    /// Each owner lets the first batch through whatever its size; together they may be too large.
    private void trim() {
        long left = fetch.limits().bytesMax();
        boolean any = false;
        for (Fetch.Position position : fetch.parts()) {
            long bytes = position.bytes();
            if (any && bytes > left) {
                position.trim();
            } else {
                left -= bytes;
                any |= bytes > 0;
            }
        }
    }
}
