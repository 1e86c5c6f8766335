package hallows.log;

import hallows.runtime.Buffers;
import hallows.runtime.Home;
import org.jspecify.annotations.Nullable;

/// What readers ask a log, and how it is to be found. Lives on the log's shard.
///
/// @param place where the log is
/// @param log what it is made of
/// @param ends how far it has come
record LogReads(Log.Surroundings place, Loaded log, Ends ends) {
    /// How to find bytes; null when the offset is not in the log.
    @Nullable Lookup lookup(Lookup.Question question) {
        long end = ends.written();
        return question.offset() < ends.start() || question.offset() > end
                ? null
                : log.segments().lookup(place.recent(), question.below(visible(question)), end);
    }

    /// What is read where the log grows; null to ask for a lookup.
    Reading.@Nullable Answer readNow(Lookup.Question question, Home home, Buffers buffers) {
        long end = ends.written();
        return question.offset() < ends.start() || question.offset() > end
                ? null
                : new TailReading(log.segments().active(), home, buffers)
                        .read(question.below(visible(question)), end);
    }

    /// Up to where the one who asks may see.
    private long visible(Lookup.Question question) {
        long below = Math.min(question.bound(), ends.written());
        return question.isolation() == Isolation.COMMITTED
                ? log.producers().lastStableOffset(below, ends.start())
                : below;
    }

    /// How to find the record that a timestamp stands for.
    TimeLookup timeLookup(long timestamp) {
        Timeline timeline = new Timeline(log.segments(), ends, log.epochs());
        return new TimeLookup(
                place.recent(), place.intake().unpacking(), timeline.question(timestamp));
    }

    /// Where the epoch of a leader ended.
    EpochEnd epochEnd(int epoch) {
        return log.epochs().endOffsetFor(epoch, ends.written());
    }
}
