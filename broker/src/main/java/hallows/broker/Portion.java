package hallows.broker;

import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.runtime.Alarm;
import hallows.runtime.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one shard owns of a request, sent once: what is sent again is a new portion. It has one
/// owner at a time, who alone may touch it and its parts; it changes hands with mail, or without
/// any if its home is its owner.
///
/// ```
///  home: made --call--> owner: held --the same call--------------------> home: answered
///                         |
///                         '-- a fetch finds too little, or an append is for other replicas too:
///                             the call goes home empty
///                             kept ----------------word "answered"------> home: answered
/// ```
///
/// - **Held**, it has the mail in which it came, and of such mail there is a fixed stock: only what
///   the disk here will end is held. **Kept**, it has nothing of the kind; a fetch has its seat in
///   the [WaitingRoom], an append its producer's time and its place among what its connection may
///   ask.
/// - **Hurry.** Its home says the word to an owner that has kept it, and to no other: as long as
///   the call is not home, the wish is remembered, and the empty call is its occasion. So the word
///   never comes before what it is about. If it crosses the answer, its owner does not know the
///   portion any more and leaves it at that.
/// - **An empty call that comes after the answer**, which went another way, finds the portion at
///   home and means nothing.
/// - **An owner that fails** sends the calls that it holds home as failed, and its portions are
///   home with them. What it has kept comes home as soon as a word fails to reach it. Nobody needs
///   to hear it earlier: a shard that fails ends the process.
/// - **A home that fails** discards what comes.
/// - **A stop** hurries every fetch, and nobody leaves before all portions are home.
final class Portion {
    private final Gathering gathering;
    private final int homeShard;
    private final int owner;
    private final List<? extends Request.Part> parts;
    private int unanswered;

    /// In which it came, to be sent home again; null on the home shard itself.
    private @Nullable Call call;

    /// Until when it is to be answered, if it is not at once.
    private @Nullable Alarm deadline;

    /// For the home: whether it is answered, and whether the owner has kept it.
    private boolean home;

    private boolean kept;

    /// For a fetch: how many bytes it takes at most, and from how many on it waits no longer.
    private int bytesMax;

    private long bytesMin;

    /// For a fetch: when its owner waits no longer, and whether it came to that.
    private long untilNanos;

    private boolean overdue;

    /// @param homeShard where it is made
    Portion(Gathering gathering, int homeShard, int owner, List<? extends Request.Part> parts) {
        this.gathering = gathering;
        this.homeShard = homeShard;
        this.owner = owner;
        this.parts = parts;
        this.unanswered = parts.size();
    }

    Request request() {
        return gathering.request();
    }

    /// The shard that it comes from, and goes back to.
    int homeShard() {
        return homeShard;
    }

    /// Whether it needs no mail.
    boolean staysAtHome() {
        return homeShard == owner;
    }

    /// The shard that answers it.
    int owner() {
        return owner;
    }

    List<? extends Request.Part> parts() {
        return parts;
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

    /// It is answered, and home again.
    void cameHome() {
        if (!home) {
            home = true;
            gathering.cameHome(this);
        }
    }

    /// Its owner will answer it later: at home. From now on it can be hurried.
    void isKept() {
        if (!home) {
            kept = true;
            gathering.isKept(this);
        }
    }

    boolean canBeHurried() {
        return kept && !home;
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
    }

    long untilNanos() {
        return untilNanos;
    }

    /// Its time is over, or its owner has no room for it any more.
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

    /// Its owner has gone and will never answer: this is the answer.
    void failed() {
        if (home) {
            return;
        }
        Outcome.Refused why =
                new Outcome.Refused(
                        ErrorCode.NOT_LEADER_OR_FOLLOWER, "the owner of the partition has gone");
        discard();
        parts.forEach(part -> part.refuse(why));
        cameHome();
    }

    /// Releases what nobody will take.
    void discard() {
        parts.forEach(Request.Part::discard);
    }
}
