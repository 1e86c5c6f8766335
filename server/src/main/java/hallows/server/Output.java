package hallows.server;

import java.io.PrintStream;

/// Where a program's bytes go, unchanged, until nobody takes them any more.
final class Output {
    /// As of a program that the host ends for writing where nobody reads.
    static final int BROKEN_PIPE = 128 + 13;

    private final PrintStream stream;

    Output(PrintStream stream) {
        this.stream = stream;
    }

    /// Writes all of it at once.
    void write(byte[] bytes) {
        stream.write(bytes, 0, bytes.length);
    }

    /// Hands on what was written; whether anybody takes it.
    boolean isTaken() {
        return !stream.checkError();
    }
}
