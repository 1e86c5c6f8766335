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

/// The least that an append can be: a checksum, a walk over the records and a write.
final class BareAppending implements Appending {
    private final Batches batches;
    private final FileChannel file;
    private final BatchView view = new BatchView();
    private final RecordWalk walk = new RecordWalk();

    BareAppending(Path directory, Batches batches) throws IOException {
        this.batches = batches;
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
                view.at(batch, 0);
                if (!view.isSound() || walk.walk(view, RecordRules.NONE, 0) != null) {
                    throw new IllegalStateException("a batch is not sound");
                }
                file.write(batch);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
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
