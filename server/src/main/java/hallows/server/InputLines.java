package hallows.server;

import hallows.runtime.Check;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The lines of an input, in bytes as they come. They are read on a thread of their own, since
/// nothing ends a read that waits for somebody to type.
final class InputLines {
    private static final int AHEAD = 1024;
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int LINE_BYTES_MAX = 64 << 20;

    private final BlockingQueue<Next> read = new ArrayBlockingQueue<>(AHEAD);
    private final InputStream in;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;

    /// What comes next.
    sealed interface Next {
        /// A line, without its end.
        ///
        /// @param number the first is 1
        @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
        record Line(long number, byte[] bytes) implements Next {}

        /// There is nothing yet.
        record Nothing() implements Next {}

        /// There is nothing any more.
        record End() implements Next {}

        /// It cannot be read any further than before this line.
        record Broken(long number, String why) implements Next {}
    }

    private InputLines(InputStream in) {
        this.in = in;
    }

    /// Begins to read.
    static InputLines of(InputStream in) {
        InputLines lines = new InputLines(in);
        Thread reader = Thread.ofVirtual().name("hallows-input").start(lines::read);
        Check.that(reader.isDaemon(), "a program ends although nobody types");
        return lines;
    }

    /// What comes within so long.
    Next next(long millis) throws InterruptedException {
        @Nullable Next next = read.poll(millis, TimeUnit.MILLISECONDS);
        return next == null ? new Next.Nothing() : next;
    }

    private void read() {
        try {
            read.put(readAll());
        } catch (InterruptedException nobodyListens) {
            Thread.currentThread().interrupt();
        }
    }

    private Next readAll() throws InterruptedException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int bytes = in.read(chunk); bytes >= 0; bytes = in.read(chunk)) {
                take(chunk, bytes);
                if (line.size() > LINE_BYTES_MAX) {
                    return new Next.Broken(
                            number + 1, "it is longer than %,d bytes".formatted(LINE_BYTES_MAX));
                }
            }
        } catch (IOException unreadable) {
            return new Next.Broken(
                    number + 1, "the input cannot be read: " + unreadable.getMessage());
        }
        if (line.size() > 0) {
            endLine();
        }
        return new Next.End();
    }

    private void take(byte[] chunk, int bytes) throws InterruptedException {
        int from = 0;
        for (int at = 0; at < bytes; at++) {
            if (chunk[at] == '\n') {
                line.write(chunk, from, at - from);
                endLine();
                from = at + 1;
            }
        }
        line.write(chunk, from, bytes - from);
    }

    private void endLine() throws InterruptedException {
        read.put(new Next.Line(++number, line.toByteArray()));
        line.reset();
    }
}
