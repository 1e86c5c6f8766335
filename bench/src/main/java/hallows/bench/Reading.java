package hallows.bench;

import hallows.log.Lookup;
import hallows.log.TimeLookup;
import hallows.runtime.Budget;
import hallows.runtime.Buffers;
import hallows.runtime.FileRegion;
import hallows.runtime.LeakTracking;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A consumer of a log: finds the next bytes and has them in native memory.
interface Reading extends AutoCloseable {
    /// What a consumer asks for at once.
    int BYTES = 64 << 10;

    /// Reads from an offset on, into `into` where the log has no memory of its own for that.
    void read(long offset, ByteBuffer into);

    /// Finds the first record that is not older.
    void find(long timestamp);

    @Override
    void close();

    /// Of our log, with the memory of a shard.
    ///
    /// @param log what is read; closed with this
    /// @param buffers where bytes come to
    /// @param atOnce whether it is read where it grows, or by a search
    record Ours(HallowsAppending log, Buffers buffers, boolean atOnce) implements Reading {
        private static final int SLAB_BYTES = 1 << 18;
        private static final int MEMORY_BYTES = 1 << 20;

        static Ours of(HallowsAppending log, Arena arena, boolean atOnce) {
            Budget budget = new Budget(arena.allocate(MEMORY_BYTES), SLAB_BYTES);
            Buffers buffers = new Buffers(log, budget.lend("log", MEMORY_BYTES), LeakTracking.OFF);
            Ours ours = new Ours(log, buffers, atOnce);
            if (log.log().readNow(ours.question(log.log().ends().written()), log, buffers)
                    == null) {
                throw new IllegalStateException("a log does not know its own end");
            }
            // What is appended from here on is what is read at once.
            log.receive();
            log.append();
            log.show();
            return ours;
        }

        private Lookup.Question question(long offset) {
            return new Lookup.Question(offset, BYTES, log.log().ends().written(), true);
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            if (!(answer(question(offset))
                    instanceof hallows.log.Reading.Answer.Bytes(Region region, var _))) {
                throw new IllegalStateException("there is nothing at " + offset);
            }
            switch (region) {
                case MemoryRegion _ -> {}
                case FileRegion range -> {
                    into.clear().limit((int) range.length());
                    range.file().read(range.position(), into).orThrow();
                }
            }
            region.release();
        }

        private hallows.log.Reading.@Nullable Answer answer(Lookup.Question question) {
            if (atOnce) {
                return log.log().readNow(question, log, buffers);
            }
            Lookup lookup = log.log().lookup(question);
            return lookup == null
                    ? null
                    : hallows.log.Reading.of(lookup, log, buffers).run().orThrow();
        }

        @Override
        public void find(long timestamp) {
            if (!(log.log().timeLookup(timestamp).run().orThrow() instanceof TimeLookup.At)) {
                throw new IllegalStateException("there is nothing as young as " + timestamp);
            }
        }

        @Override
        public void close() {
            log.close();
        }
    }

    /// Of Kafka's log.
    ///
    /// @param kafka what is read; closed with this
    record Kafkas(KafkaAppending kafka) implements Reading {
        static Kafkas of(KafkaAppending kafka) {
            kafka.receive();
            kafka.append();
            try {
                kafka.log().show();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return new Kafkas(kafka);
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            kafka.log().read(offset, BYTES, into);
        }

        @Override
        public void find(long timestamp) {
            kafka.log().find(timestamp);
        }

        @Override
        public void close() {
            kafka.close();
        }
    }
}
