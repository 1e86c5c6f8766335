package hallows.log;

import hallows.log.TimeLookup.At;
import hallows.log.TimeLookup.Question;
import java.util.OptionalInt;

/// What a log knows of its times before anybody looks into a file. Lives on the log's shard.
///
/// @param segments of the log
/// @param ends how far it has come
/// @param epochs of its leaders
record Timeline(Segments segments, Ends ends, LeaderEpochs epochs) {
    private static final long NO_OFFSET = -1;

    /// What a timestamp asks for, or stands for, as Kafka answers without remote storage.
    Question question(long timestamp) {
        if (timestamp == TimeLookup.EARLIEST || timestamp == TimeLookup.EARLIEST_LOCAL) {
            return known(
                    ends.start(),
                    epochs.earliest().stream()
                            .filter(earliest -> earliest.startOffset() <= ends.start())
                            .mapToInt(LeaderEpochs.EpochStart::epoch)
                            .findFirst());
        }
        if (timestamp == TimeLookup.LATEST) {
            return known(
                    ends.written(),
                    epochs.latest().stream().mapToInt(LeaderEpochs.EpochStart::epoch).findFirst());
        }
        if (timestamp == TimeLookup.LATEST_TIERED || timestamp == TimeLookup.EARLIEST_NOT_TIERED) {
            return known(NO_OFFSET, OptionalInt.of(LeaderEpochs.UNDEFINED_EPOCH));
        }
        return timestamp == TimeLookup.MAX_TIMESTAMP
                ? segments.youngest(ends.written())
                : new Question.From(
                        timestamp,
                        ends.start(),
                        segments.since(timestamp, ends.start(), ends.written()));
    }

    private static Question known(long offset, OptionalInt leaderEpoch) {
        return new Question.Known(new At(offset, IndexEntry.NO_TIMESTAMP, leaderEpoch));
    }
}
