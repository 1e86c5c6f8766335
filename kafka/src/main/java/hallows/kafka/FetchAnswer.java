package hallows.kafka;

import hallows.broker.Fetched;
import hallows.log.AbortedTransaction;
import hallows.log.Isolation;
import hallows.model.PartitionId;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/// What one partition of a fetch is answered.
///
/// @param key which one, in the words of the client
/// @param partition which one it is; null where there is none
/// @param error what went wrong, if anything
/// @param what was read; null where nobody looked
/// @param aborted transactions among the records; null where nobody asked
record FetchAnswer(
        PartitionRef key,
        @Nullable PartitionId partition,
        Errors error,
        @Nullable Fetched what,
        @Nullable List<AbortedTransaction> aborted) {
    private static final Fetched.Marks NO_MARKS = new Fetched.Marks(-1, -1, -1);

    /// One at which nobody looked.
    static FetchAnswer unread(PartitionRef key, Errors error) {
        return new FetchAnswer(key, null, error, null, List.of());
    }

    /// One that was looked for and must not be read here.
    static FetchAnswer refused(PartitionRef key, PartitionId id, Errors error) {
        return new FetchAnswer(key, id, error, null, null);
    }

    /// One that was read.
    static FetchAnswer read(PartitionRef key, PartitionId id, Fetched what, Isolation isolation) {
        return new FetchAnswer(key, id, error(what), what, aborted(what, isolation));
    }

    private static Errors error(Fetched what) {
        return what instanceof Fetched.Refused(var why)
                ? Errors.forCode(why.error().code())
                : Errors.NONE;
    }

    private static @Nullable List<AbortedTransaction> aborted(Fetched what, Isolation isolation) {
        if (isolation == Isolation.UNCOMMITTED) {
            return null;
        }
        return switch (what) {
            case Fetched.Batches batches -> batches.aborted();
            case Fetched.Nothing _ -> List.of();
            case Fetched.Diverged _, Fetched.Refused _ -> null;
        };
    }

    /// How far the partition has come; -1 where nobody knows.
    Fetched.Marks marks() {
        return switch (what) {
            case Fetched.Batches batches -> batches.marks();
            case Fetched.Nothing nothing -> nothing.marks();
            case Fetched.Diverged diverged -> diverged.marks();
            case Fetched.Refused _ -> NO_MARKS;
            case null -> NO_MARKS;
        };
    }

    /// Whether it brings records.
    boolean hasRecords() {
        return what instanceof Fetched.Batches batches && batches.bytes().length() > 0;
    }

    /// Nobody is told of it.
    void release() {
        if (what instanceof Fetched.Batches batches) {
            batches.bytes().release();
        }
    }

    /// Whether its reader has to go back.
    boolean isDiverged() {
        return what instanceof Fetched.Diverged;
    }
}
