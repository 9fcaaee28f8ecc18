import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Unique among the documents its partial filter covers; all of them when there is none. */
final class UniqueIndex extends AbstractUniqueIndex<Object> implements Searchable {
  private final DefaultQueryMatcher matcher = new DefaultQueryMatcher();
  private final KeyTree tree = new KeyTree(keys());
  private final Document filter;

  UniqueIndex(String name, List<IndexKey> keys, boolean sparse, Document filter) {
    // The library tolerates a document that is not in an index only when that index is sparse.
    super(name, keys, sparse || filter != null);
    this.filter = filter;
  }

  private boolean covers(Document document) {
    return filter == null || matcher.matches(document, filter);
  }

  @Override
  public synchronized void checkAdd(Document document, MongoCollection<Object> collection) {
    if (covers(document)) {
      super.checkAdd(document, collection);
    }
  }

  @Override
  public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
    if (covers(document)) {
      super.add(document, position, collection);
    }
  }

  @Override
  public synchronized Object remove(Document document) {
    return covers(document) ? super.remove(document) : null;
  }

  @Override
  public Object getPosition(Document document) {
    return covers(document) ? super.getPosition(document) : null;
  }

  @Override
  public synchronized void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
    if (covers(before) && covers(after)) {
      super.checkUpdate(before, after, collection);
    } else if (covers(after)) {
      super.checkAdd(after, collection);
    }
  }

  @Override
  public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
    if (covers(before) && covers(after)) {
      super.updateInPlace(before, after, position, collection);
    } else {
      remove(before);
      add(after, position, collection);
    }
  }

  @Override
  public int usefulness(Document query) {
    // Which queries a filter or sparseness leaves whole is not worth finding out here.
    return isSparse() ? 0 : tree.usefulness(query) * (tree.usefulness(query) == 2 * keys().size() ? 2 : 1);
  }

  @Override
  public Collection<Object> candidates(Document query) {
    return tree.candidates(query);
  }

  @Override
  protected Object removeDocument(KeyValue key) {
    Object position = tree.first(key);
    if (position != null) {
      tree.remove(key, position);
    }
    return position;
  }

  @Override
  protected boolean putKeyPosition(KeyValue key, Object position) {
    boolean isNew = tree.first(key) == null;
    if (isNew) {
      tree.put(key, position);
    }
    return isNew;
  }

  @Override
  protected Object getPosition(KeyValue key) {
    return tree.first(key);
  }

  @Override
  protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
    List<Map.Entry<KeyValue, Object>> entries = new ArrayList<>();
    for (Map.Entry<KeyValue, Set<Object>> entry : tree.copy().entrySet()) {
      entries.add(Map.entry(entry.getKey(), entry.getValue().iterator().next()));
    }
    return entries;
  }

  @Override
  public long getCount() {
    return tree.size();
  }

  @Override
  public long getDataSize() {
    return tree.size();
  }
}
