package hallows.broker;

import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.runtime.Alarm;
import hallows.runtime.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one shard owns of a request. Belongs to that shard while it is underway, and to the home
/// shard before and after.
final class Portion {
    private final Gathering gathering;
    private final int owner;
    private final List<? extends Request.Part> parts;
    private int unanswered;

    /// In which it came, to be sent home again; null on the home shard itself.
    private @Nullable Call call;

    /// Until when it is to be answered, if it is not at once.
    private @Nullable Alarm deadline;

    /// For the home: whether it is answered.
    private boolean home;

    /// For a fetch: how many bytes it takes at most, and from how many on it waits no longer.
    private int bytesMax;

    private long bytesMin;

    /// For a fetch: when its owner waits no longer, and whether it came to that.
    private long untilNanos;

    private boolean overdue;

    Portion(Gathering gathering, int owner, List<? extends Request.Part> parts) {
        this.gathering = gathering;
        this.owner = owner;
        this.parts = parts;
    }

    Gathering gathering() {
        return gathering;
    }

    Request request() {
        return gathering.request();
    }

    /// The shard.
    int owner() {
        return owner;
    }

    List<? extends Request.Part> parts() {
        return parts;
    }

    /// Goes on its way, perhaps again.
    void leave() {
        unanswered = parts.size();
        home = false;
        call = null;
    }

    void cameIn(Call mail) {
        call = mail;
    }

    @Nullable Call takeCall() {
        Call taken = call;
        call = null;
        return taken;
    }

    /// One more of its parts has its answer. Whether that was the last.
    boolean isThrough() {
        Check.that(unanswered > 0, "a part is answered once");
        unanswered--;
        if (unanswered == 0 && deadline != null) {
            deadline.cancel();
            deadline = null;
        }
        return unanswered == 0;
    }

    void limitedBy(Alarm alarm) {
        deadline = alarm;
    }

    void cameHome() {
        home = true;
    }

    boolean isHome() {
        return home;
    }

    void budget(int most, long enough) {
        bytesMax = most;
        bytesMin = enough;
    }

    void waitUntil(long nanos) {
        untilNanos = nanos;
        overdue = false;
    }

    long untilNanos() {
        return untilNanos;
    }

    /// Its time is over.
    void expire() {
        overdue = true;
    }

    boolean isOverdue() {
        return overdue;
    }

    int bytesMax() {
        return bytesMax;
    }

    long bytesMin() {
        return bytesMin;
    }

    /// Its owner never answered: what has no answer gets this one.
    void fail() {
        Outcome.Refused why =
                new Outcome.Refused(
                        ErrorCode.NOT_LEADER_OR_FOLLOWER, "the owner of the partition has gone");
        discard();
        parts.forEach(part -> part.refuse(why));
    }

    /// Releases what nobody will take.
    void discard() {
        parts.forEach(Request.Part::discard);
    }
}
