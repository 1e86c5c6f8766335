package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;

/// What came of opening an index file.
sealed interface IndexLoad {
    /// It can be used.
    ///
    /// @param index the entries
    /// @param fileBytes how long the file is: longer than its entries when a broker that crashed
    ///   had reserved room
    record Sound(SparseIndex index, long fileBytes) implements IndexLoad {
        /// Cuts what the file has beyond its entries; before anything is written to it.
        Result<Result.Done> trim(DiskFile file) {
            return fileBytes == index.fileBytes() ? Result.DONE : file.truncate(index.fileBytes());
        }
    }

    /// It is not an index: rebuild it from the segment.
    ///
    /// @param why what was seen, for the log of events
    record Damaged(String why) implements IndexLoad {}

    /// The disk did not answer.
    ///
    /// @param fault what it said
    record Unreadable(Fault fault) implements IndexLoad {}
}
