import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;

/** A plain index. Partial and TTL ones are plain here, too: they hold every document, and nothing expires. */
final class LookupIndex extends EmptyIndex<Object> implements Searchable {
  private final KeyTree tree = new KeyTree(keys());

  LookupIndex(String name, List<IndexKey> keys) {
    super(name, keys);
  }

  @Override
  public void add(Document document, Object position, MongoCollection<Object> collection) {
    for (KeyValue key : getKeyValues(document)) {
      tree.put(key, position);
    }
  }

  @Override
  public Object remove(Document document) {
    Object position = document.get("_id");
    for (KeyValue key : getKeyValues(document)) {
      tree.remove(key, position);
    }
    return null;
  }

  @Override
  public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
    for (KeyValue key : getKeyValues(before)) {
      tree.remove(key, position);
    }
    add(after, position, collection);
  }

  @Override
  public int usefulness(Document query) {
    return tree.usefulness(query);
  }

  @Override
  public Collection<Object> candidates(Document query) {
    return tree.candidates(query);
  }
}
