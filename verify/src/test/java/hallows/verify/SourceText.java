package hallows.verify;

import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/// A Java file that need not be on disk.
public final class SourceText extends SimpleJavaFileObject {
    private final String path;
    private final String text;

    /// What `path` says, or would say.
    public SourceText(String path, String text) {
        super(URI.create("text:///" + path.replace(" ", "%20")), Kind.SOURCE);
        this.path = path;
        this.text = text;
    }

    @Override
    public String getName() {
        return path;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
