package hallows.log;

import hallows.model.Outcome;
import hallows.runtime.Fault;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Seat;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;

/// Appends to a few logs as fast as they take it, and says on its standard output what was
/// acknowledged: the number of the log and the end of what was. Until somebody kills it.
final class KilledProcess {
    static final int LOGS = 3;

    private static final LogRig.Sizes SIZES =
            new LogRig.Sizes(1 << 20, new IndexLimits(300, 1 << 10));
    private static final int MEMORY_BYTES = 16 << 20;
    private static final int WINDOW = 100;
    private static final int RECORDS = 8;
    private static final int VALUE_BYTES = 100;

    private KilledProcess() {}

    /// With the logs' directory, and how many processes had it before.
    public static void main(String... arguments) throws IOException {
        int number = Integer.parseInt(arguments[1]);
        LogRig.Plan plan =
                new LogRig.Plan(Path.of(arguments[0]), number, LOGS, SIZES, Durability.FSYNC, true);
        DataOutputStream said = new DataOutputStream(new BufferedOutputStream(System.out));
        LogRig.onThisMachine(plan, MEMORY_BYTES, (at, rig, log) -> new Actor(at, rig, log, said));
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(3);
    }

    /// The value of the record at an offset.
    static byte[] value(int log, long offset) {
        ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES).putInt(0, log).putLong(4, offset);
        for (int i = 12; i < VALUE_BYTES; i++) {
            value.put(i, (byte) (offset + i));
        }
        return value.array();
    }

    private static final class Actor implements LogActor {
        private final Seat seat;
        private final LogRig rig;
        private final int number;
        private final DataOutputStream said;
        private @Nullable Log log;

        Actor(Seat seat, LogRig rig, int number, DataOutputStream said) {
            this.seat = seat;
            this.rig = rig;
            this.number = number;
            this.said = said;
        }

        @Override
        public void begin(Log opened) {
            log = opened;
            fill(opened);
        }

        private void fill(Log to) {
            while (to.stagedEnd() - to.ends().durable() < WINDOW * RECORDS) {
                SimpleRecord[] records = new SimpleRecord[RECORDS];
                for (int i = 0; i < RECORDS; i++) {
                    records[i] = new SimpleRecord(1, value(number, to.stagedEnd() + i));
                }
                ByteBuffer batch = MemoryRecords.withRecords(Compression.NONE, records).buffer();
                MemoryRegion region = seat.buffers().allocate(batch.remaining());
                if (region == null) {
                    return;
                }
                region.buffer().put(batch);
                if (!(to.stage(region, Appender.CLIENT, rig.epoch()) instanceof Outcome.Staged)) {
                    throw new AssertionError("a batch of " + number + " was not taken");
                }
            }
            rig.staged(to);
        }

        @Override
        public void written(long end) {
            if (log != null) {
                log.agreedUpTo(end);
            }
        }

        @Override
        public void durable(long end) {
            try {
                said.writeInt(number);
                said.writeLong(end);
                said.flush();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
            if (log != null) {
                fill(log);
            }
        }

        @Override
        public void rolledBack(long from, Fault fault) {
            throw new AssertionError(fault.message());
        }

        @Override
        public void truncated(long end) {
            throw new AssertionError("nobody cuts this log");
        }

        @Override
        public void failed(long from, Fault fault) {
            throw new AssertionError(fault.message());
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public void stop() {}

        @Override
        public boolean isStill() {
            return true;
        }

        @Override
        public void end() {}
    }
}
