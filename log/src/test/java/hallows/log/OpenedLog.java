package hallows.log;

import hallows.runtime.Result;
import java.nio.file.Path;

/// A log of ours that was opened from what is in a directory.
final class OpenedLog implements AutoCloseable {
    private final Opening.Opened opened;

    OpenedLog(Path place, LogOptions options, HandTime time, Opening.Known known) {
        this(open(place, options, time, known).orThrow());
    }

    OpenedLog(Opening.Opened opened) {
        this.opened = opened;
    }

    static Result<Opening.Opened> open(
            Path place, LogOptions options, HandTime time, Opening.Known known) {
        return new Opening(new Opening.Place(RealDisk.DISK, place, time), options, known).run();
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
