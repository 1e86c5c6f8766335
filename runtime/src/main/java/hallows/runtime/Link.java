package hallows.runtime;

/// One connection, in both directions. Lives on the core that owns it; nothing here blocks.
public interface Link {
    /// Queues bytes and takes the region over. They are sent when the cycle ends, and the region is
    /// released when the host has taken them all, or the link has ended.
    void write(Region region);

    /// Bytes queued and not yet taken by the host. A sender that minds its peer stops at a limit
    /// and goes on at [LinkHandler#drained].
    long queuedBytes();

    /// Asks for no more bytes.
    void pauseReading();

    /// Asks for bytes again; after [LinkHandler#space] gave none, too.
    void resumeReading();

    /// Closes once everything queued is sent.
    void finish();

    /// Closes now; what is queued is released unsent.
    void abort();

    /// Who is at the other end.
    Endpoint peer();
}
