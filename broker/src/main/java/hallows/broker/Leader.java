package hallows.broker;

import hallows.broker.Append.Acks;
import hallows.log.Appender;
import hallows.log.Log;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import org.jspecify.annotations.Nullable;

/// A partition that this broker leads, in one epoch: appends get their places, readers see what is
/// below the high watermark. Lives on its owner shard.
final class Leader {
    private static final long NO_TIME = -1;

    private final LedLog led;
    private final Station station;
    private final int epoch;
    private final Reads reads;
    private final AckWaits written = new AckWaits();
    private final AckWaits agreed = new AckWaits();

    private int inSync;
    private int inSyncMin;

    /// How many staged bytes nobody sees yet.
    private long unseenBytes;

    private long seen;

    /// @param led the log
    /// @param station where it is led
    /// @param epoch in which
    Leader(LedLog led, Station station, int epoch) {
        this.led = led;
        this.station = station;
        this.epoch = epoch;
        this.reads = new Reads(led.log(), station, epoch);
        this.seen = led.log().ends().highWatermark();
    }

    Log log() {
        return led.log();
    }

    int epoch() {
        return epoch;
    }

    Reads reads() {
        return reads;
    }

    /// How many replicas are in sync, and how many have to be for an append that all are to have.
    void replicas(int now, int least) {
        inSync = now;
        inSyncMin = least;
        if (inSync == 1) {
            // Nobody else has to agree.
            log().agreedUpTo(log().writtenEnd());
        }
    }

    /// Why somebody who believes the leader to be in `asked` is not answered, or null.
    Outcome.@Nullable Refused wrongEpoch(int asked) {
        if (asked == Fetch.Position.NO_EPOCH || asked == epoch) {
            return null;
        }
        return asked < epoch
                ? new Outcome.Refused(
                        ErrorCode.FENCED_LEADER_EPOCH,
                        "the leader's epoch is " + epoch + ", later than " + asked)
                : new Outcome.Refused(
                        ErrorCode.UNKNOWN_LEADER_EPOCH,
                        "the leader's epoch is " + epoch + ", not yet " + asked);
    }

    /// Takes a batch in, and answers it now or when it counts.
    void append(Append.Batch batch, Acks acks, Portion portion) {
        if (acks == Acks.ALL && inSync < inSyncMin) {
            batch.discard();
            String why =
                    "%d replicas are in sync, and min.insync.replicas is %d"
                            .formatted(inSync, inSyncMin);
            answer(batch, portion, new Appended.Refused(ErrorCode.NOT_ENOUGH_REPLICAS, why));
            return;
        }
        long bytes = batch.size();
        switch (log().stage(batch.takeBytes(), Appender.CLIENT, epoch)) {
            case Outcome.Refused why -> answer(batch, portion, new Appended.Refused(why));
            case Outcome.Staged(long first, long last, long time) -> {
                unseenBytes += bytes;
                led.logs().staged(log());
                await(new AckWaits.Wait(last + 1, batch, portion, place(first, time)), acks);
            }
            case Outcome.Duplicate(long first, long last, long _) ->
                    await(new AckWaits.Wait(last + 1, batch, portion, place(first, NO_TIME)), acks);
        }
    }

    private Appended.Placed place(long first, long time) {
        return new Appended.Placed(first, time, log().ends().start());
    }

    private void await(AckWaits.Wait wait, Acks acks) {
        boolean counts =
                switch (acks) {
                    case NONE -> true;
                    case LEADER -> wait.end() <= log().writtenEnd();
                    case ALL -> wait.end() <= log().ends().highWatermark();
                };
        if (counts) {
            placed(wait);
        } else {
            (acks == Acks.LEADER ? written : agreed).add(wait);
        }
    }

    private void answer(Append.Batch batch, Portion portion, Appended appended) {
        batch.answer(appended);
        station.answered(portion);
    }

    /// All below is in the file.
    void written(long end) {
        if (inSync == 1) {
            log().agreedUpTo(end);
        }
        written.passed(end, this::placed);
    }

    /// Readers may see more than before. How many bytes more, about; 0 if nothing.
    long advanced() {
        long mark = log().ends().highWatermark();
        if (mark <= seen) {
            return 0;
        }
        agreed.passed(mark, this::agreed);
        long unseen = log().stagedEnd() - seen;
        // Batches are not remembered one by one: who waits reads what there is, and waits again.
        long bytes =
                mark - seen >= unseen
                        ? unseenBytes
                        : (long) ((double) unseenBytes * (mark - seen) / unseen);
        unseenBytes -= bytes;
        seen = mark;
        return Math.max(1, bytes);
    }

    private void placed(AckWaits.Wait wait) {
        answer(wait.batch(), wait.portion(), wait.placed());
    }

    private void agreed(AckWaits.Wait wait) {
        if (inSync < inSyncMin) {
            answer(
                    wait.batch(),
                    wait.portion(),
                    new Appended.Refused(
                            ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
                            "too few replicas were in sync after the append"));
        } else {
            placed(wait);
        }
    }

    /// What was staged or written from an offset on will never count.
    void lost(long from, Outcome.Refused why) {
        written.lost(from, why, station::answered);
        agreed.lost(from, why, station::answered);
    }
}
