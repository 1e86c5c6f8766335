package hallows.log;

import hallows.model.ErrorCode;

/// What a batch's producer is answered before the batch is staged.
sealed interface ProducerVerdict {
    /// It may be staged.
    record Fits() implements ProducerVerdict {
        static final Fits YES = new Fits();
    }

    /// It is in the log already; the producer is told where.
    ///
    /// @param firstOffset of the batch in the log
    /// @param lastOffset of the batch in the log
    /// @param timestamp the latest in it
    record Duplicate(long firstOffset, long lastOffset, long timestamp)
            implements ProducerVerdict {}

    /// It must not be staged.
    ///
    /// @param code for the client
    /// @param message for people
    record Refused(ErrorCode code, String message) implements ProducerVerdict, Verifying {}
}
