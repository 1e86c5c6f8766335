package hallows.verify.differential;

import hallows.verify.wire.Frames;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;

/// ApiVersions: what is offered, to whom, and what those are told who know a version too many.
final class HandshakeScript {
    private static final ApiKeys API = ApiKeys.API_VERSIONS;

    private HandshakeScript() {}

    static void play(Player on) {
        on.everyVersion(API, "what is offered", _ -> named("verify", "1.0"));
        on.ask("a name with a dot and a dash", 3, named("ver-i.fy", "1.0-rc.1"));
        on.ask("no name", 3, named("", ""));
        on.ask("a name with spaces", 3, named("ver ify", "1.0"));
        on.ask("a name that ends with a dash", 4, named("verify-", "1.0"));
        on.ask("a version with a slash", 4, named("verify", "1/0"));
        on.ask("the same connection goes on", 4, named("verify", "1.0"));
        tooNew(on, 5);
        tooNew(on, Short.MAX_VALUE);
        tooNew(on, -1);
        on.ask("after a version too many", 4, named("verify", "1.0"));
    }

    static ApiVersionsRequestData named(String name, String version) {
        return new ApiVersionsRequestData()
                .setClientSoftwareName(name)
                .setClientSoftwareVersion(version);
    }

    /// Answered in version 0, which everybody can read.
    private static void tooNew(Player on, int version) {
        on.askBytes(
                "version " + version,
                Frames.sized(Frames.header(API.id, version, 77)),
                new Player.Expected(API, 0, 77));
    }
}
