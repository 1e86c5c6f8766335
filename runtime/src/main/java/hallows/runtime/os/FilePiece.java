package hallows.runtime.os;

import hallows.runtime.Region;
import io.netty.channel.DefaultFileRegion;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// A part of a file that goes from the page cache to the socket. Small enough that no peer, however
/// quick, keeps the core busy with one call.
final class FilePiece extends DefaultFileRegion implements Piece {
    static final long BYTES_MAX = 1 << 20;

    private final @Nullable Region ends;
    private final Outbox outbox;

    FilePiece(FileChannel channel, FileRange range, @Nullable Region ends, Outbox outbox) {
        super(channel, range.position(), range.length());
        this.ends = ends;
        this.outbox = outbox;
    }

    @Override
    public long length() {
        return count();
    }

    @Override
    public long taken() {
        return transferred();
    }

    @Override
    public @Nullable Region ends() {
        return ends;
    }

    /// Leaves the file open: it belongs to its log, not to Netty.
    @Override
    protected void deallocate() {
        outbox.done(this);
    }
}
