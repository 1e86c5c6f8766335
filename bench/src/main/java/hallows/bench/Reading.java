package hallows.bench;

import hallows.log.Lookup;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A consumer that follows a log from its beginning: finds the next bytes and reads them.
interface Reading extends AutoCloseable {
    /// What a consumer asks for at once.
    int BYTES = 64 << 10;

    /// Reads from an offset on into `into`.
    void read(long offset, ByteBuffer into);

    @Override
    void close();

    /// Of our log; its file stays open, as with a server that serves it.
    static Reading of(HallowsAppending log, long end) {
        log.show();
        Path path = found(log, end, 0).file();
        DiskFile file = OurLog.WORLD.disk().open(path, Disk.OpenMode.READ).orThrow();
        return new Reading() {
            @Override
            public void read(long offset, ByteBuffer into) {
                Lookup.Answer.Bytes bytes = found(log, end, offset);
                file.read(bytes.position(), into.clear().limit(bytes.bytes())).orThrow();
            }

            @Override
            public void close() {
                file.close();
                log.close();
            }
        };
    }

    private static Lookup.Answer.Bytes found(HallowsAppending log, long end, long offset) {
        Lookup lookup = log.log().lookup(new Lookup.Question(offset, BYTES, end, true));
        if (lookup != null && lookup.run().orThrow() instanceof Lookup.Answer.Bytes bytes) {
            return bytes;
        }
        throw new IllegalStateException("there is nothing at " + offset);
    }

    /// Of Kafka's log.
    static Reading of(KafkaAppending kafka) {
        try {
            kafka.log().show();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Reading() {
            @Override
            public void read(long offset, ByteBuffer into) {
                kafka.log().read(offset, BYTES, into);
            }

            @Override
            public void close() {
                kafka.close();
            }
        };
    }
}
