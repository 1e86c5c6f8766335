package hallows.runtime.os;

import hallows.runtime.Check;
import hallows.runtime.Fault;
import hallows.runtime.FileRegion;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import hallows.runtime.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What a link has to send, in order.
///
/// Memory goes to a plain socket as it is, and so does a file where the transport can do that. All
/// else is copied in chunks, a bounded number ahead of the socket. Lives on the core of its link.
final class Outbox {
    private static final int CHUNK_BYTES = 64 << 10;
    private static final int COPIED_BYTES_MAX = 4 * CHUNK_BYTES;

    /// Whoever is sent so much at once reads it for longer than a core looks for more.
    private static final int MUCH_BYTES = 256 << 10;

    /// How regions get to the socket.
    ///
    /// @param copiesMemory whether something between changes the bytes
    /// @param copiesFiles whether the socket takes no files
    record Way(boolean copiesMemory, boolean copiesFiles) {}

    private final NettyLink link;
    private final Channel channel;
    private final Way way;
    private final Cork cork;

    // A region is in `waiting` until its last byte has been handed to Netty; `handedBytes` of the
    // first have been. A piece is in `handed` until the host has taken it.
    private final ArrayDeque<Region> waiting = new ArrayDeque<>();
    private final ArrayDeque<Piece> handed = new ArrayDeque<>();
    private long handedBytes;
    private long copiedBytes;
    private long queuedBytes;

    Outbox(NettyLink link, Channel channel, Way way) {
        this.link = link;
        this.channel = channel;
        this.way = way;
        this.cork = new Cork(channel);
    }

    /// Takes the region over.
    void add(Region region) {
        if (region.length() == 0) {
            region.release();
            return;
        }
        queuedBytes += region.length();
        waiting.add(region);
        pump();
    }

    /// The host has been given what it takes for now.
    void flushed() {
        cork.takeOut();
    }

    /// Bytes the host has not taken.
    long queuedBytes() {
        Piece first = handed.peek();
        return first == null ? queuedBytes : queuedBytes - first.taken();
    }

    /// Releases what was never handed to Netty; Netty drops the rest.
    void end() {
        for (Region region = waiting.poll(); region != null; region = waiting.poll()) {
            queuedBytes -= region.length() - handedBytes;
            handedBytes = 0;
            region.release();
        }
    }

    /// The host has taken the piece, or never will. Called by Netty, which would swallow what is
    /// thrown.
    void done(Piece piece) {
        link.core().enter();
        try {
            take(piece);
            queuedBytes -= piece.length();
            if (piece.length() >= MUCH_BYTES) {
                link.core().sentMuch();
            }
            if (piece instanceof CopiedPiece) {
                copiedBytes -= piece.length();
                more();
            }
            Region ended = piece.ends();
            if (ended != null) {
                ended.release();
            }
            if (queuedBytes == 0) {
                link.emptied();
            }
        } catch (RuntimeException | Error thrown) {
            link.core().failed(thrown);
        }
    }

    /// Netty has dropped bytes from the middle of the stream: nothing may follow them.
    void lost(Throwable why) {
        link.core().enter();
        OutOfMemoryError full = NativeMemory.shortage(why);
        if (full != null) {
            link.starved(full);
        } else {
            link.failed(why);
        }
    }

    /// The first, but for a close that drops them in an order of its own. The piece itself: buffers
    /// of equal content are equal to Netty.
    @SuppressWarnings("ReferenceEquality")
    private void take(Piece piece) {
        if (handed.peek() == piece) {
            handed.remove();
        } else {
            handed.removeIf(other -> other == piece);
        }
    }

    private void more() {
        if (!waiting.isEmpty() && channel.isActive()) {
            pump();
            link.unflushed();
        }
    }

    private void pump() {
        for (Region region = waiting.peek(); region != null; region = waiting.peek()) {
            if (!hand(region)) {
                return;
            }
        }
    }

    /// Hands the first region, or a chunk of it, to Netty; false when enough is on its way.
    private boolean hand(Region region) {
        return switch (region) {
            case MemoryRegion memory when !way.copiesMemory() -> handMemory(memory);
            case FileRegion file
                    when !way.copiesFiles() && file.file() instanceof OsDiskFile onDisk ->
                    handFile(file, onDisk);
            case MemoryRegion _, FileRegion _ ->
                    copiedBytes < COPIED_BYTES_MAX && handChunk(region);
        };
    }

    private boolean handMemory(MemoryRegion region) {
        Check.that(region.memory().isNative(), "a link sends native memory");
        waiting.remove();
        MemoryPiece piece = new MemoryPiece(region, this);
        handed.add(piece);
        channel.unsafe().write(piece, channel.voidPromise());
        return true;
    }

    private boolean handFile(FileRegion region, OsDiskFile file) {
        if (!handed.isEmpty()) {
            cork.putIn();
        }
        waiting.remove();
        long length = region.length();
        for (long at = 0; at < length; at += FilePiece.BYTES_MAX) {
            long bytes = Math.min(FilePiece.BYTES_MAX, length - at);
            FilePiece piece =
                    new FilePiece(
                            file.channel(),
                            new FileRange(region.position() + at, bytes),
                            at + bytes == length ? region : null,
                            this);
            handed.add(piece);
            channel.unsafe().write(piece, channel.voidPromise());
        }
        return true;
    }

    private boolean handChunk(Region region) {
        int bytes = (int) Math.min(CHUNK_BYTES, region.length() - handedBytes);
        ByteBuf chunk = chunk(region, bytes);
        if (chunk == null) {
            return false;
        }
        handedBytes += bytes;
        boolean last = handedBytes == region.length();
        if (last) {
            waiting.remove();
            handedBytes = 0;
        }
        CopiedPiece piece = new CopiedPiece(bytes, last ? region : null, this);
        handed.add(piece);
        copiedBytes += bytes;
        channel.write(chunk).addListener(piece);
        return true;
    }

    private @Nullable ByteBuf chunk(Region region, int bytes) {
        return switch (region) {
            case MemoryRegion memory ->
                    Unpooled.wrappedBuffer(memory.buffer().slice((int) handedBytes, bytes));
            case FileRegion file -> read(file, bytes);
        };
    }

    private @Nullable ByteBuf read(FileRegion region, int bytes) {
        ByteBuf into = copyOf(bytes);
        if (into == null) {
            return null;
        }
        long from = region.position() + handedBytes;
        Result<Integer> got = region.file().read(from, into.nioBuffer(0, bytes));
        if (got instanceof Result.Ok<Integer>(Integer count) && count == bytes) {
            return into.writerIndex(bytes);
        }
        into.release();
        link.broken(
                got instanceof Result.Failed<Integer>(Fault fault)
                        ? fault
                        : new Fault(
                                Fault.Kind.IO_ERROR,
                                region.file().path() + " ends before " + from));
        return null;
    }

    private @Nullable ByteBuf copyOf(int bytes) {
        try {
            return channel.alloc().directBuffer(bytes, bytes);
        } catch (OutOfMemoryError full) {
            if (NativeMemory.shortage(full) == null) {
                throw full;
            }
            link.starved(full);
            return null;
        }
    }
}
