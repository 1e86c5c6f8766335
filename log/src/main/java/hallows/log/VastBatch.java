package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/// A batch that is too long to be had in memory, in pieces. Blocks.
///
/// @param file where it is
/// @param position where it begins
/// @param bytes how long it says to be; so many the file has
record VastBatch(DiskFile file, int position, int bytes) {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int CHECKED_FROM = 21;

    private interface Taker {
        Result<Result.Done> take(long at, ByteBuffer piece);
    }

    /// Whether it has this checksum.
    Result<Boolean> hasChecksum(int expected) {
        CRC32C crc = new CRC32C();
        Result<Result.Done> done =
                each(
                        CHECKED_FROM,
                        (_, piece) -> {
                            crc.update(piece);
                            return Result.DONE;
                        });
        return done instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : new Result.Ok<>((int) crc.getValue() == expected);
    }

    /// Writes it where it is. A piece is read twice: what is written again must be what is there.
    Result<Result.Done> writeAgain() {
        ByteBuffer seen = ByteBuffer.allocate(PIECE_BYTES);
        return each(
                0,
                (at, piece) ->
                        WholeFile.inOrder(
                                () -> read(at, seen.clear().limit(piece.remaining())),
                                () -> seen.equals(piece) ? Result.DONE : changed(at),
                                () -> write(at, piece)));
    }

    private Result<Result.Done> each(int from, Taker taker) {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        long end = (long) position + bytes;
        for (long at = (long) position + from; at < end; at += piece.limit()) {
            long here = at;
            piece.clear().limit((int) Math.min(PIECE_BYTES, end - at));
            Result<Result.Done> done =
                    WholeFile.inOrder(() -> read(here, piece), () -> taker.take(here, piece));
            if (done instanceof Result.Failed) {
                return done;
            }
        }
        return Result.DONE;
    }

    private Result<Result.Done> read(long at, ByteBuffer into) {
        return switch (file.read(at, into)) {
            case Result.Failed<Integer>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Integer> _ when into.hasRemaining() -> changed(at);
            case Result.Ok<Integer> _ -> {
                into.flip();
                yield Result.DONE;
            }
        };
    }

    private Result<Result.Done> changed(long at) {
        return Result.failed(
                Fault.Kind.IO_ERROR, file.path() + " reads differently each time at " + at);
    }

    private Result<Result.Done> write(long at, ByteBuffer piece) {
        Written written = file.write(at, List.of(piece));
        return written.fault() == null ? Result.DONE : new Result.Failed<>(written.fault());
    }
}
