package hallows.runtime;

import javax.net.ssl.SSLContext;

/// What lies between a link and the wire.
public sealed interface Security {
    /// Nothing.
    record Plain() implements Security {}

    /// TLS; handshakes run on blocking threads.
    ///
    /// @param context keys and trust
    /// @param peerMustProve whether the peer needs a certificate too
    record Tls(SSLContext context, boolean peerMustProve) implements Security {}

    /// Nothing between.
    Security PLAIN = new Plain();
}
