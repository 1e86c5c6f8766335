package hallows.runtime.os;

import hallows.runtime.Endpoint;
import hallows.runtime.Security;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// Makes the handlers that encrypt. Work with private keys goes to threads of its own: it takes a
/// millisecond, in which a shard answers a hundred requests.
///
/// @param work runs what takes long
/// @param handshakeMillis how long a handshake may take
record Tls(Executor work, int handshakeMillis) {
    /// For a link that somebody opened to us.
    SslHandler accepting(Security.Tls security) {
        SSLEngine engine = security.context().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(security.peerMustProve());
        return handler(engine);
    }

    /// For a link that we open. A peer that must prove itself proves its name, too.
    SslHandler connecting(Security.Tls security, Endpoint to) {
        SSLEngine engine = security.context().createSSLEngine(to.host(), to.port());
        engine.setUseClientMode(true);
        if (security.peerMustProve()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return handler(engine);
    }

    private SslHandler handler(SSLEngine engine) {
        SslHandler handler = new SslHandler(engine, work);
        handler.setHandshakeTimeoutMillis(handshakeMillis);
        return handler;
    }
}
