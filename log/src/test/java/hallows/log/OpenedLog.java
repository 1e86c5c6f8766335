package hallows.log;

import java.nio.file.Path;

/// A log of ours that was opened from what is in a directory.
final class OpenedLog implements AutoCloseable {
    private final Opening.Opened opened;

    OpenedLog(Path place, LogOptions options, HandTime time, Opening.Known known) {
        opened =
                new Opening(new Opening.Place(RealDisk.DISK, place, time), options, known)
                        .run()
                        .orThrow();
    }

    Loaded loaded() {
        return opened.loaded();
    }

    Recovery recovery() {
        return opened.recovery();
    }

    @Override
    public void close() {
        loaded().segments().close();
    }
}
