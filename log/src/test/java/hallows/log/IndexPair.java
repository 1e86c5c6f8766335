package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.DiskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.storage.internals.log.OffsetIndex;
import org.apache.kafka.storage.internals.log.OffsetPosition;
import org.apache.kafka.storage.internals.log.TimeIndex;
import org.apache.kafka.storage.internals.log.TimestampOffset;

/// Our index and Kafka's, with the same entries, asked the same questions.
final class IndexPair implements AutoCloseable {
    static final int BYTES_MAX = 120_000;

    final Path ours;
    final Path kafkas;
    final IndexFormat format;
    private final DiskFile file;
    private final HeldFile held;
    private SparseIndex index;
    private final KafkaIndex kafka;

    IndexPair(Path directory, IndexFormat format) {
        this.format = format;
        this.ours = directory.resolve("ours");
        this.kafkas = directory.resolve("kafkas");
        this.file = RealDisk.open(ours);
        this.held = new HeldFile(file);
        this.index = new SparseIndex(format);
        this.kafka = KafkaIndex.open(kafkas, format);
    }

    int entries() {
        return index.entries();
    }

    void append(IndexEntry entry) {
        assertTrue(index.append(entry));
        kafka.append(entry);
        if (index.isWriteDue()) {
            write();
        }
    }

    void write() {
        TailWrite write = index.tailWrite();
        assertNull(write.to(file).fault());
        index.wrote(write);
    }

    void sleep() {
        index.sleep();
    }

    /// As after a restart.
    void reopen() {
        write();
        index = assertInstanceOf(IndexLoad.Sound.class, IndexFile.open(file, format)).index();
    }

    void floor(long key) {
        assertEquals(kafka.floor(key), entry(answer(() -> index.floor(key))));
    }

    void ceiling(long value) {
        IndexAnswer ours = answer(() -> index.ceiling(value));
        assertEquals(
                kafka.ceiling(value),
                ours instanceof IndexAnswer.Found(IndexEntry entry)
                        ? Optional.of(entry)
                        : Optional.empty());
    }

    private IndexEntry entry(IndexAnswer answer) {
        return answer instanceof IndexAnswer.Found(IndexEntry entry) ? entry : format.nothing();
    }

    private IndexAnswer answer(Asking question) {
        IndexAnswer answer = question.ask().from(held);
        assertTrue(
                answer instanceof IndexAnswer.Found || answer instanceof IndexAnswer.None,
                answer::toString);
        return answer;
    }

    private interface Asking {
        IndexAnswer ask();
    }

    @Override
    public void close() {
        write();
        file.close();
        kafka.close();
    }

    /// What the two of Kafka's have in common.
    interface KafkaIndex extends AutoCloseable {
        int entries();

        void append(IndexEntry entry);

        IndexEntry floor(long key);

        Optional<IndexEntry> ceiling(long value);

        @Override
        void close();

        static KafkaIndex open(Path file, IndexFormat format) {
            try {
                return switch (format.kind()) {
                    case OFFSET ->
                            new Offsets(
                                    new OffsetIndex(file.toFile(), format.baseOffset(), BYTES_MAX));
                    case TIME ->
                            new Times(new TimeIndex(file.toFile(), format.baseOffset(), BYTES_MAX));
                };
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private record Offsets(OffsetIndex index) implements KafkaIndex {
        @Override
        public int entries() {
            return index.entries();
        }

        @Override
        public void append(IndexEntry entry) {
            index.append(entry.key(), (int) entry.value());
        }

        @Override
        public IndexEntry floor(long key) {
            OffsetPosition found = index.lookup(key);
            return new IndexEntry(found.offset(), found.position());
        }

        @Override
        public Optional<IndexEntry> ceiling(long value) {
            return index.fetchUpperBoundOffset(new OffsetPosition(0, 0), (int) value)
                    .map(found -> new IndexEntry(found.offset(), found.position()));
        }

        @Override
        public void close() {
            try {
                index.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private record Times(TimeIndex index) implements KafkaIndex {
        @Override
        public int entries() {
            return index.entries();
        }

        @Override
        public void append(IndexEntry entry) {
            index.maybeAppend(entry.key(), entry.value());
        }

        @Override
        public IndexEntry floor(long key) {
            TimestampOffset found = index.lookup(key);
            return new IndexEntry(found.timestamp(), found.offset());
        }

        @Override
        public Optional<IndexEntry> ceiling(long value) {
            throw new AssertionError("Kafka does not ask that");
        }

        @Override
        public void close() {
            try {
                index.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
