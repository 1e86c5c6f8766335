package hallows.broker;

import hallows.broker.Append.Acks;
import hallows.log.Appender;
import hallows.log.Ends;
import hallows.log.Isolation;
import hallows.log.Log;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A partition that this broker leads, in one epoch: appends get their places, readers see what is
/// below the high watermark. Lives on its owner shard.
final class Leader {
    /// With these Kafka does not tell where the log begins.
    private static final Set<ErrorCode> OF_THE_WHOLE =
            EnumSet.of(
                    ErrorCode.CORRUPT_MESSAGE,
                    ErrorCode.MESSAGE_TOO_LARGE,
                    ErrorCode.RECORD_LIST_TOO_LARGE,
                    ErrorCode.NOT_LEADER_OR_FOLLOWER,
                    ErrorCode.KAFKA_STORAGE_ERROR);

    private final LedLog led;
    private final Station station;
    private final int epoch;
    private final Reads reads;
    private final AckWaits written = new AckWaits();
    private final AckWaits agreed = new AckWaits();

    private int inSync;
    private int inSyncMin;

    /// For readers of everything that counts, and for those who wait for the ends of transactions.
    private final Growth uncommitted;

    private final Growth committed;
    private long countedBytes;

    /// @param led the log
    /// @param station where it is led
    /// @param epoch in which
    Leader(LedLog led, Station station, int epoch) {
        this.led = led;
        this.station = station;
        this.epoch = epoch;
        this.reads = new Reads(led.log(), station, epoch);
        Ends ends = led.log().ends();
        this.uncommitted = new Growth(ends.highWatermark(), ends.written());
        this.committed = new Growth(led.log().lastStableOffset(), ends.written());
        this.countedBytes = led.log().writtenBytes();
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
            log().agreedUpTo(log().ends().written());
        }
    }

    /// Whether an append waits for nothing but the disk here. That is not limited by the time that
    /// a producer gives to other replicas: Kafka answers such an append at once.
    boolean isAlone() {
        return inSync == 1;
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
            answer(
                    batch,
                    portion,
                    refused(new Outcome.Refused(ErrorCode.NOT_ENOUGH_REPLICAS, why)));
            return;
        }
        switch (log().stage(batch.takeBytes(), Appender.CLIENT, epoch)) {
            case Outcome.Refused why -> answer(batch, portion, refused(why));
            case Outcome.Staged(long first, long last, long time) -> {
                led.logs().staged(log());
                await(new AckWaits.Wait(last + 1, batch, portion, place(first, time)), acks);
            }
            // With the time that Kafka tells, whatever the topic counts.
            case Outcome.Duplicate(long first, long last, long time) ->
                    await(new AckWaits.Wait(last + 1, batch, portion, place(first, time)), acks);
        }
    }

    private Appended.Refused refused(Outcome.Refused why) {
        return OF_THE_WHOLE.contains(why.error())
                ? new Appended.Refused(why)
                : new Appended.Refused(why, log().ends().start());
    }

    private Appended.Placed place(long first, long time) {
        return new Appended.Placed(first, time, log().ends().start());
    }

    private void await(AckWaits.Wait wait, Acks acks) {
        boolean counts =
                switch (acks) {
                    case NONE -> true;
                    case LEADER -> wait.end() <= log().ends().written();
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
        long bytes = log().writtenBytes();
        uncommitted.written(end, bytes - countedBytes);
        committed.written(end, bytes - countedBytes);
        countedBytes = bytes;
        if (inSync == 1) {
            log().agreedUpTo(end);
        }
        written.passed(end, this::placed);
    }

    /// Whether readers may see more than before: see [#gained].
    boolean advanced() {
        long mark = log().ends().highWatermark();
        if (uncommitted.seenUpTo(mark)) {
            agreed.passed(mark, this::agreed);
        }
        boolean stable = committed.seenUpTo(log().lastStableOffset());
        return stable || uncommitted.gained() > 0;
    }

    /// How many bytes more, at most, with the last advance.
    long gained(Isolation isolation) {
        return switch (isolation) {
            case COMMITTED -> committed.gained();
            case UNCOMMITTED -> uncommitted.gained();
        };
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

    /// Somebody who waited has had his answer: his time was over.
    void gaveUp() {
        agreed.gaveUp();
    }

    /// What was staged or written from an offset on will never count.
    void lost(long from, Outcome.Refused why) {
        written.lost(from, why, station::answered);
        agreed.lost(from, why, station::answered);
    }
}
