package hallows.server;

import hallows.runtime.os.OsOutput;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;

/// Where a program's bytes go, unchanged, until nobody takes them any more.
final class Output {
    /// As of a program that the host ends for writing where nobody reads.
    static final int BROKEN_PIPE = 128 + 13;

    private final PrintStream stream;
    private final BooleanSupplier cut;

    /// @param cut whether nobody reads any more, which the stream finds out only when it writes
    Output(PrintStream stream, BooleanSupplier cut) {
        this.stream = stream;
        this.cut = cut;
    }

    /// The process's own.
    static Output standard() {
        return new Output(System.out, OsOutput::isCut);
    }

    /// Writes all of it at once.
    void write(byte[] bytes) {
        stream.write(bytes, 0, bytes.length);
    }

    /// Why nobody takes any more, as an exit code: quietly where nobody reads, and with a sentence
    /// where there is no room.
    int end(CommandLine command) {
        return cut.getAsBoolean()
                ? BROKEN_PIPE
                : RemoteOptions.failed(
                        command, "the output cannot be written; is there room where it goes?");
    }

    /// Hands on what was written; whether anybody takes it.
    boolean isTaken() {
        return !stream.checkError() && !cut.getAsBoolean();
    }
}
