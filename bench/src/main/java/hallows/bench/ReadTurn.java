package hallows.bench;

import java.nio.ByteBuffer;

/// A part of a log read again and again, out of the host's cache.
///
/// @param log what is read
/// @param part which records
/// @param repeats how often
/// @param into where they come to
record ReadTurn(Reading log, Part part, int repeats, ByteBuffer into) implements Entrant.Turn {
    /// A turn is long enough for the compiler to see what it is about.
    private static final int REPEATS = 4;

    /// Some records.
    ///
    /// @param from the first
    /// @param end after the last
    /// @param stepRecords how many come with one read, those of its whole batches
    record Part(long from, long end, int stepRecords) {}

    /// From the beginning to the end, by who catches up.
    static ReadTurn all(Reading log, AppendTurn filled, Batches batches) {
        return of(log, new Part(0, filled.records(), step(batches)), REPEATS);
    }

    /// The last batches, by those who follow; as often as makes the same number of reads.
    static ReadTurn tail(Reading log, AppendTurn filled, Batches batches) {
        int step = step(batches);
        int reads = Batches.RECEIVED * batches.records() / step - 1;
        long end = filled.records() + (long) Batches.RECEIVED * batches.records();
        Part part = new Part(end - (long) reads * step, end, step);
        return of(log, part, REPEATS * (int) (filled.records() / step / reads));
    }

    private static ReadTurn of(Reading log, Part part, int repeats) {
        return new ReadTurn(log, part, repeats, ByteBuffer.allocateDirect(Reading.BYTES));
    }

    private static int step(Batches batches) {
        return Reading.BYTES / batches.sizeBytes() * batches.records();
    }

    @Override
    public int take(Spent spent) {
        int reads = 0;
        spent.begin();
        for (int repeat = 0; repeat < repeats; repeat++) {
            for (long offset = part.from; offset < part.end; offset += part.stepRecords) {
                log.read(offset, into);
                reads++;
            }
        }
        spent.end();
        return reads;
    }
}
