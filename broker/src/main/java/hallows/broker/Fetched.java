package hallows.broker;

import hallows.log.AbortedTransaction;
import hallows.model.Outcome;
import hallows.runtime.Region;
import java.util.List;

/// What was read of a partition.
public sealed interface Fetched {
    /// How far the partition has come.
    ///
    /// @param highWatermark readers see what is below
    /// @param lastStable readers of committed records see what is below
    /// @param logStart where the log begins
    record Marks(long highWatermark, long lastStable, long logStart) {
        /// Of a partition whose log is not open yet.
        static final Marks UNKNOWN = new Marks(-1, -1, -1);
    }

    /// Batches; the last one may be cut off, and is for the reader to ask for again.
    ///
    /// @param bytes the batches, to be released by whoever has them
    /// @param aborted for readers of committed records: whose records among these never were
    /// @param marks how far the partition has come
    record Batches(Region bytes, List<AbortedTransaction> aborted, Marks marks)
            implements Fetched {}

    /// There is nothing to read, now or within the limits.
    ///
    /// @param marks how far the partition has come
    record Nothing(Marks marks) implements Fetched {}

    /// The reader has other records than the partition: it has to go back.
    ///
    /// @param epoch the last epoch that both know
    /// @param endOffset where it ended here
    /// @param marks how far the partition has come
    record Diverged(int epoch, long endOffset, Marks marks) implements Fetched {}

    /// Nothing is read.
    ///
    /// @param why with the error that a client is told
    record Refused(Outcome.Refused why) implements Fetched {}
}
