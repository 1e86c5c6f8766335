package hallows.simulation;

import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A file of numbers, each followed by a proof that it was written whole at its place.
final class NumberLog {
    static final int RECORD_BYTES = 16;

    private NumberLog() {}

    static boolean write(DiskFile file, long position, long number) {
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
        record.putLong(number).putLong(proof(position, number)).flip();
        Written written = file.write(position, List.of(record));
        return written.fault() == null;
    }

    /// The numbers up to the first that is not whole; null when the file cannot be read.
    static Result<List<Long>> read(DiskFile file) {
        List<Long> numbers = new ArrayList<>();
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
        while (true) {
            long position = (long) numbers.size() * RECORD_BYTES;
            record.clear();
            if (file.read(position, record) instanceof Result.Failed<Integer>(var fault)) {
                return new Result.Failed<>(fault);
            }
            if (record.hasRemaining() || record.getLong(8) != proof(position, record.getLong(0))) {
                return new Result.Ok<>(numbers);
            }
            numbers.add(record.getLong(0));
        }
    }

    private static long proof(long position, long number) {
        return (position * 31 + number + 1) * 0x9e3779b97f4a7c15L;
    }
}
