package hallows.log;

import hallows.model.BatchView;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;

/// Where a segment that was closed in good order ends, by its headers alone.
///
/// @param bytes how much of the file is batches
/// @param nextOffset the offset after the last one
record SegmentEnd(int bytes, long nextOffset) {
    /// Goes from batch to batch. Blocks.
    ///
    /// @param from where a batch begins, or the end of an empty file
    static Result<SegmentEnd> of(DiskFile file, long base, int from) {
        return switch (length(file)) {
            case Result.Failed<Integer>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Integer>(Integer bytes) ->
                    of(new BatchScan(file, Math.min(from, bytes), bytes), base);
        };
    }

    private static Result<SegmentEnd> of(BatchScan scan, long base) {
        long next = base;
        while (true) {
            switch (scan.next()) {
                case Result.Failed<Boolean>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Boolean>(Boolean found) -> {
                    if (!found) {
                        return new Result.Ok<>(new SegmentEnd(scan.position(), next));
                    }
                    next = Math.max(next, scan.batch().nextOffset());
                }
            }
        }
    }

    /// How long a segment's file is; longer than Kafka makes one, and it is none.
    static Result<Integer> length(DiskFile file) {
        return switch (file.size()) {
            case Result.Failed<Long>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Long>(Long bytes) when bytes > Integer.MAX_VALUE ->
                    Result.failed(
                            Fault.Kind.IO_ERROR,
                            "%s has %d bytes, and no segment has more than %d: bring the file back"
                                    .formatted(file.path(), bytes, Integer.MAX_VALUE));
            case Result.Ok<Long>(Long bytes) -> new Result.Ok<>(bytes.intValue());
        };
    }

    /// The latest timestamp in the first batch of a segment; a negative one when there is none.
    static Result<Long> firstTimestamp(DiskFile file) {
        ByteBuffer header = ByteBuffer.allocate(BatchView.HEADER_BYTES);
        return switch (file.read(0, header)) {
            case Result.Failed<Integer>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Integer> _ ->
                    new Result.Ok<>(
                            header.hasRemaining()
                                    ? BatchView.NO_TIMESTAMP
                                    : new BatchView().at(header, 0).maxTimestamp());
        };
    }
}
