package hallows.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// A fresh log, filled and thrown away. Only the appends are measured: not the opening, not what
/// makes the batches ready, and nothing rolls.
final class AppendTurn implements Entrant.Turn {
    private final Scratch scratch;
    private final Batches batches;
    private final Opening opening;
    private final int pieces;

    /// Opens what is appended to.
    interface Opening {
        Appending open(Path directory, Batches batches) throws IOException;
    }

    /// One that appends `bytes` in a turn, more or less.
    AppendTurn(Scratch scratch, Batches batches, Opening opening, int bytes) {
        this.scratch = scratch;
        this.batches = batches;
        this.opening = opening;
        this.pieces = bytes / (Batches.RECEIVED * batches.sizeBytes());
    }

    @Override
    public int take(Spent spent) {
        Path directory = scratch.make();
        fill(directory, spent).close();
        scratch.remove(directory);
        return pieces * Batches.RECEIVED;
    }

    /// The log in its place, filled.
    Appending fill(Path directory, Spent spent) {
        try {
            batches.restart();
            Appending log = opening.open(directory, batches);
            for (int i = 0; i < pieces; i++) {
                log.receive();
                spent.begin();
                log.append();
                spent.end();
            }
            return log;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// How many records a turn appends.
    long records() {
        return (long) pieces * Batches.RECEIVED * batches.records();
    }
}
