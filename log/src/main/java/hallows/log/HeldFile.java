package hallows.log;

import hallows.runtime.DiskFile;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// An open file that its segment shares with whoever reads from it at the moment. It is closed when
/// the last of them lets go: nobody meets a closed file, or another one with its descriptor.
///
/// Any thread: a search takes hold where it runs, which may be never.
final class HeldFile {
    private static final RecentBlocks NOTHING_READ = new RecentBlocks();

    private final DiskFile file;
    private final AtomicInteger holders;
    private final RecentBlocks blocks;
    private volatile boolean gone;

    /// A file that was just opened, held by whoever opened it.
    HeldFile(DiskFile file) {
        this(file, 1, new RecentBlocks());
    }

    private HeldFile(DiskFile file, int holders, RecentBlocks blocks) {
        this.file = file;
        this.blocks = blocks;
        this.holders = new AtomicInteger(holders);
    }

    /// One that nobody holds and nobody can: what a search opens in its place.
    static HeldFile closed(Path path) {
        return new HeldFile(new ClosedFile(path), 0, NOTHING_READ);
    }

    /// The file, for those who hold it.
    DiskFile file() {
        return file;
    }

    Path path() {
        return file.path();
    }

    /// What was read of it last, if it is an index; it goes when the file does.
    RecentBlocks blocks() {
        return blocks;
    }

    /// Its segment wants it no more.
    void gone() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    /// One more holds it; false when it was closed, and must be opened by its name.
    boolean hold() {
        for (int now = holders.get(); now > 0; now = holders.get()) {
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /// One less; the last one closes it.
    void letGo() {
        if (holders.decrementAndGet() == 0) {
            file.close();
        }
    }
}
