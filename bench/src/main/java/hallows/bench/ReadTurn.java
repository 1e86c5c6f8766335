package hallows.bench;

import java.nio.ByteBuffer;

/// A log read from its beginning to its end, out of the host's cache.
///
/// @param log what is read
/// @param records how many it has
/// @param stepRecords how many come with one read, those of its whole batches
/// @param into where they come to
record ReadTurn(Reading log, long records, int stepRecords, ByteBuffer into)
        implements Entrant.Turn {
    /// With a buffer of native memory.
    static ReadTurn of(Reading log, AppendTurn filled, Batches batches) {
        int step = Reading.BYTES / batches.sizeBytes() * batches.records();
        return new ReadTurn(log, filled.records(), step, ByteBuffer.allocateDirect(Reading.BYTES));
    }

    @Override
    public int take(Spent spent) {
        int reads = 0;
        spent.begin();
        for (long offset = 0; offset < records; offset += stepRecords) {
            log.read(offset, into);
            reads++;
        }
        spent.end();
        return reads;
    }
}
