package hallows.bench;

import hallows.model.BatchView;
import hallows.model.RecordRules;
import hallows.model.RecordWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The least that an append can be: a checksum, a walk over the records and a write; or less than
/// that, a write of bytes that nobody has looked at.
final class BareAppending implements Appending {
    private final Batches batches;
    private final int cycleBatches;
    private final boolean looks;
    private final ByteBuffer[] cycle;
    private final FileChannel file;
    private final BatchView view = new BatchView();
    private final RecordWalk walk = new RecordWalk();

    /// One that writes once for so many batches, and looks at them or does not.
    BareAppending(Path directory, Batches batches, int cycleBatches, boolean looks)
            throws IOException {
        this.batches = batches;
        this.cycleBatches = cycleBatches;
        this.looks = looks;
        this.cycle = new ByteBuffer[cycleBatches];
        this.file =
                FileChannel.open(
                        directory.resolve("bare"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
    }

    @Override
    public void receive() {
        batches.receive();
    }

    @Override
    public void append() {
        try {
            for (int i = 0; i < Batches.RECEIVED; i++) {
                ByteBuffer batch = batches.received(i);
                if (looks && !isSound(batch)) {
                    throw new IllegalStateException("a batch is not sound");
                }
                cycle[i % cycleBatches] = batch;
                if ((i + 1) % cycleBatches == 0) {
                    write();
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean isSound(ByteBuffer batch) {
        return view.at(batch, 0).isSound() && walk.walk(view, RecordRules.NONE, 0) == null;
    }

    private void write() throws IOException {
        if (cycleBatches == 1) {
            file.write(cycle[0]);
        } else {
            file.write(cycle);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
